package org.vmmlib.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theCutAndTheOrderDoNotDependOnThreads(int threads) throws InterruptedException {
        AtomicLong last = new AtomicLong();
        List<String> results =
                new Chunks(7, threads).run(23, (from, to) -> from + "-" + to, (steps, of) -> last.set(steps));
        assertEquals(List.of("0-7", "7-14", "14-21", "21-23"), results);
        assertEquals(23, last.get());
    }

    @Test
    void aFailureOfTheWorkReachesTheCaller() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> new Chunks(1, 2).run(10, (from, to) -> refuse(from), Progress.silent()));
        assertEquals("no 0", failure.getMessage());
    }

    private static int refuse(int index) {
        throw new IllegalArgumentException("no " + (index == 0 ? "0" : "x"));
    }

    @Test
    void anInterruptStopsTheRun() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> new Chunks(1, 1).run(3, (from, to) -> from, Progress.silent()));
    }
}
