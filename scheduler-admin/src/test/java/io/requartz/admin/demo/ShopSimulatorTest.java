package io.requartz.admin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopSimulatorTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private ShopSimulator shops;

    @BeforeEach
    void open() throws IOException {
        shops = ShopSimulator.start(0, 7);
    }

    @AfterEach
    void close() {
        shops.close();
    }

    @Test
    void leBouzouIsAlwaysWell() throws Exception {
        assertThat(statuses(Shop.LE_BOUZOU, 1, 3)).containsExactly(200, 200, 200);
    }

    @Test
    void casaVerdeRecoversAfterTwoErrorsForEachOrder() throws Exception {
        assertThat(statuses(Shop.CASA_VERDE, 1, 3)).containsExactly(500, 500, 200);
        assertThat(statuses(Shop.CASA_VERDE, 2, 3)).containsExactly(500, 500, 200);
    }

    @Test
    void sushiKojiSaysWhenToComeBack() throws Exception {
        HttpResponse<String> first = order(Shop.SUSHI_KOJI, 1, "");

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("3");
        assertThat(order(Shop.SUSHI_KOJI, 1, "").statusCode()).isEqualTo(200);
    }

    @Test
    void goldenWokIsSlowerThanTheCallerWaitsOnce() throws Exception {
        assertThatThrownBy(() -> order(Shop.GOLDEN_WOK, 1, "")).isInstanceOf(HttpTimeoutException.class);

        assertThat(order(Shop.GOLDEN_WOK, 1, "").statusCode()).isEqualTo(200);
    }

    @Test
    void pizzaRusticaWantsTheNewToken() throws Exception {
        assertThat(order(Shop.PIZZA_RUSTICA, 1, Shop.OLD_TOKEN).statusCode()).isEqualTo(401);
        assertThat(order(Shop.PIZZA_RUSTICA, 1, Shop.NEW_TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void bentoLabFailsInEveryWayAndTheSameWayWithTheSameSeed() throws Exception {
        List<String> seen = new ArrayList<>();
        for (int order = 1; order <= 60; order++) {
            seen.add(outcome(order));
        }

        assertThat(seen).contains("200", "503", "404", "403", "garbage", "hung up");

        shops.close();
        shops = ShopSimulator.start(0, 7);

        assertThat(outcome(1)).isEqualTo(seen.get(0));
        assertThat(outcome(2)).isEqualTo(seen.get(1));
        assertThat(outcome(3)).isEqualTo(seen.get(2));
    }

    @Test
    void theShopsKeepTheirPortIfItIsFree() throws Exception {
        int port = shops.port();
        try (ShopSimulator second = ShopSimulator.start(port, 7)) {
            assertThat(second.port()).isNotEqualTo(port);
        }

        shops.close();
        shops = ShopSimulator.start(port, 7);

        assertThat(shops.port()).isEqualTo(port);
    }

    private String outcome(int order) throws InterruptedException {
        try {
            HttpResponse<String> response = order(Shop.BENTO_LAB, order, "");
            return response.body().startsWith("<") ? "garbage" : Integer.toString(response.statusCode());
        } catch (IOException hungUp) {
            return "hung up";
        }
    }

    private List<Integer> statuses(Shop shop, int order, int times) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(order(shop, order, "").statusCode());
        }
        return statuses;
    }

    private HttpResponse<String> order(Shop shop, int order, String token) throws IOException, InterruptedException {
        URI address = URI.create(OrderPayload.of(shop, shops.orders(shop), order, token)
                .get("url")
                .asText());
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Shop.CALLER_WAITS)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"order\": " + order + "}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
