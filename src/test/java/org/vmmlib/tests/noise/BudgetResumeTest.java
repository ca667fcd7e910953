package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.run.TrialFile;
import org.vmmlib.core.run.TrialStore;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.ErrorBudget;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** A budget that was interrupted goes on where it was, and says the same. */
class BudgetResumeTest {

    private static final int TRIALS = 24;

    /** Counts how often the circuit is read, which is how often a trial runs times the circuits in it. */
    private record Counted(AtomicInteger reads) implements Effect.OnRead {

        @Override
        public String id() {
            return "test.counted";
        }

        @Override
        public String description() {
            return "does nothing";
        }

        @Override
        public void disturb(Read read, DMatrixRMaj currents) {
            reads.incrementAndGet();
        }
    }

    private static ErrorBudget budget(Effect... effects) {
        Macro macro = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(4, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 1e4).build())
                .effects(List.of(effects))
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{0.3, -0.7}, {1, 0.2}, {-0.5, 0.9}});
        Codes inputs = Codes.unsigned(4, 2, 3, new int[] {1, 15, 7, 9, 0, 4});
        return ErrorBudget.of(macro, weights, inputs).trials(TRIALS).build();
    }

    @Test
    void anInterruptedRunGoesOnAndSaysTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        TuningTolerance tuning = new TuningTolerance(0.05);
        AtomicInteger reads = new AtomicInteger();
        ErrorBudget budget = budget(tuning, new Counted(reads));
        BudgetResult whole = budget.run(1, TrialStore.none(), Progress.silent());
        int readsOfATrial = reads.getAndSet(0) / TRIALS;
        assertTrue(readsOfATrial > 0);

        Path file = folder.resolve("trials");
        try (TrialFile trials = TrialFile.open(file, budget.settings(), budget.valuesPerTrial(), false)) {
            Thread running = Thread.currentThread();
            Progress interrupting = (done, of) -> {
                if (done == TRIALS / 2) {
                    running.interrupt();
                    waitForInterrupt();
                }
            };
            assertThrows(InterruptedException.class, () -> budget.run(1, trials, interrupting));
            assertEquals(TRIALS / 2, trials.finished());
        }
        reads.set(0);
        try (TrialFile trials = TrialFile.open(file, budget.settings(), budget.valuesPerTrial(), false)) {
            assertEquals(whole, budget.run(2, trials, Progress.silent()));
            assertEquals(TRIALS / 2 * readsOfATrial, reads.get(), "finished trials are not run again");
            assertEquals(TRIALS, trials.finished());
        }
    }

    private static void waitForInterrupt() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Trial 13 fails once. */
    @Test
    void aRunThatFailedKeepsWhatWasDone(@TempDir Path folder) throws IOException, InterruptedException {
        ErrorBudget budget = budget(new TuningTolerance(0.05));
        Path file = folder.resolve("trials");
        try (TrialFile trials = TrialFile.open(file, budget.settings(), budget.valuesPerTrial(), false)) {
            Progress failing = (done, of) -> {
                if (done == 13) {
                    throw new IllegalStateException("failed");
                }
            };
            assertThrows(IllegalStateException.class, () -> budget.run(1, trials, failing));
            assertTrue(trials.finished() >= 13);
        }
        try (TrialFile trials = TrialFile.open(file, budget.settings(), budget.valuesPerTrial(), false)) {
            assertTrue(trials.finished() >= 13);
            assertEquals(budget.run(1, TrialStore.none(), Progress.silent()), budget.run(1, trials, Progress.silent()));
        }
    }
}
