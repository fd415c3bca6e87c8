package io.requartz.failure;

import java.util.List;

/**
 * What a failure is classified by.
 *
 * @param httpStatus what the job said that the downstream answered; null if it did not
 * @param links the exception and its causes, from the outside in
 */
record Signs(Integer httpStatus, List<Link> links) {

    Signs {
        links = List.copyOf(links);
    }
}
