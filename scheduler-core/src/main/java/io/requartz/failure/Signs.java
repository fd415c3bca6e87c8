package io.requartz.failure;

import java.util.List;

/**
 * What a failure is classified by.
 *
 * @param jobType of the run that failed; null if it is not known
 * @param httpStatus what the job said that the downstream answered; null if it did not
 * @param links the exception and its causes, from the outside in
 */
record Signs(String jobType, Integer httpStatus, List<Link> links) {

    Signs {
        links = List.copyOf(links);
    }
}
