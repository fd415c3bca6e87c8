// All that pages gain by a script: times in the reader's zone, choices that follow what is typed, "/" to search, ticks counted and
// set at once. Without it nothing is missing.
"use strict";
(() => {
  const pad = (number) => String(number).padStart(2, "0");
  const day = (time) => `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  const clock = (time) => `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
  const today = day(new Date());
  for (const element of document.querySelectorAll("time[datetime]")) {
    const time = new Date(element.dateTime);
    if (Number.isNaN(time.getTime())) continue;
    element.title = `${day(time)} ${clock(time)}`;
    if (element.classList.contains("clock")) {
      element.textContent = day(time) === today ? clock(time) : `${day(time)} ${clock(time)}`;
    }
  }
  for (const zone of document.querySelectorAll(".zone")) zone.hidden = true;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const zone of document.querySelectorAll(".here")) zone.textContent = here || "Your time";

  // who fills in a field of one choice means that choice
  for (const choice of document.querySelectorAll(".choice")) {
    choice.addEventListener("input", (event) => {
      const radio = choice.querySelector("input[type=radio]");
      if (event.target !== radio) radio.checked = true;
    });
  }

  const search = document.getElementById("q");
  if (search) {
    for (const key of document.querySelectorAll("kbd[hidden]")) key.hidden = false;
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    });
  }

  for (const every of document.querySelectorAll("input[data-all]")) {
    const ticks = [...document.querySelectorAll(`input[type="checkbox"][form="${every.dataset.all}"]`)];
    const told = document.querySelector(`#${every.dataset.all} [data-picked]`);
    const tell = () => {
      const ticked = ticks.filter((tick) => tick.checked).length;
      every.checked = ticked > 0 && ticked === ticks.length;
      every.indeterminate = ticked > 0 && ticked < ticks.length;
      if (told) told.textContent = `the ${ticked} ticked`;
    };
    every.hidden = false;
    every.addEventListener("change", () => {
      for (const tick of ticks) tick.checked = every.checked;
      tell();
    });
    for (const tick of ticks) tick.addEventListener("change", tell);
    tell();
  }
})();
