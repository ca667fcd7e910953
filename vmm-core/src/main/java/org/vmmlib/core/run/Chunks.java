package org.vmmlib.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vmmlib.core.check.Require;

/**
 * Cuts a range into chunks of a fixed size and works on them in parallel. Because the cut does not depend on the number
 * of threads, and results come back in the order of the range, neither does what is made of them.
 *
 * @param size steps in a chunk, 1 or above
 * @param threads threads to use, 1 or above
 */
public record Chunks(int size, int threads) {

    /** Checks the ranges. */
    public Chunks {
        Require.within("size", size, 1, Integer.MAX_VALUE);
        Require.within("threads", threads, 1, 1024);
    }

    /**
     * Work on a stretch of the range.
     *
     * @param <R> result of a chunk
     */
    @FunctionalInterface
    public interface Work<R> {

        /** Works on steps {@code from … to − 1}. */
        R run(int from, int to);
    }

    /**
     * Runs the work over {@code 0 … count − 1}.
     *
     * @return results in the order of the range
     * @throws InterruptedException if this thread is interrupted; the work is stopped
     */
    public <R> List<R> run(int count, Work<R> work, Progress progress) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "vmm-chunk");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Object lock = new Object();
            long[] done = {0};
            List<Future<R>> futures = new ArrayList<>();
            for (int from = 0; from < count; from += size) {
                int first = from;
                int last = Math.min(count, from + size);
                Callable<R> task = () -> {
                    R result = work.run(first, last);
                    synchronized (lock) {
                        done[0] += last - first;
                        progress.done(done[0], count);
                    }
                    return result;
                };
                futures.add(pool.submit(task));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
