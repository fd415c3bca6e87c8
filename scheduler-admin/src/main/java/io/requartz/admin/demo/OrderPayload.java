package io.requartz.admin.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** What a run of the type {@code http} works on to send an order to a shop. */
final class OrderPayload {

    private OrderPayload() {}

    /** @param token for the shop that wants one; the others do not get it */
    static ObjectNode of(Shop shop, URI address, int order, String token) {
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("url", address.toString())
                .put("timeout", Shop.CALLER_WAITS.toSeconds() + "s")
                .put("expect", "json");
        if (shop == Shop.PIZZA_RUSTICA) {
            payload.putObject("headers").put("Authorization", "Bearer " + token);
        }
        payload.putObject("body").put("order", order);
        return payload;
    }
}
