package org.vmmlib.jmh;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks, and prints how many times faster each is than the {@link Baseline baselines} of its class, as a
 * Markdown table. Arguments are names of benchmarks, such as {@code product transferMatrix}; all of them if there is none.
 */
public final class Ratios {

    private Ratios() {}

    /**
     * Runs and prints.
     *
     * @param arguments names of benchmark classes without their ending, in any case
     * @throws RunnerException if a benchmark fails
     * @throws ClassNotFoundException never: JMH has run the class
     */
    public static void main(String[] arguments) throws RunnerException, ClassNotFoundException {
        ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
        for (String name : arguments) {
            options.include("(?i)\\." + name + "Benchmark\\.");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        System.out.println();
        System.out.println("| benchmark | parameters | method | time | times as fast as |");
        System.out.println("|---|---|---|---|---|");
        for (RunResult result : results) {
            System.out.println(row(result, results));
        }
    }

    private static String row(RunResult result, Collection<RunResult> all) throws ClassNotFoundException {
        double time = result.getPrimaryResult().getScore();
        String unit = result.getPrimaryResult().getScoreUnit();
        StringJoiner ratios = new StringJoiner(", ");
        for (RunResult baseline : baselines(result, all)) {
            double ratio = baseline.getPrimaryResult().getScore() / time;
            ratios.add(method(baseline) + " " + String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio));
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s %s | %s |",
                simpleType(result),
                parameters(result.getParams()),
                method(result),
                String.format(Locale.ROOT, time < 100 ? "%.3g" : "%.0f", time),
                unit.substring(0, unit.indexOf('/')),
                ratios);
    }

    /** The baselines of the same class and parameters; none if this is one itself. */
    private static List<RunResult> baselines(RunResult result, Collection<RunResult> all)
            throws ClassNotFoundException {
        List<RunResult> out = new ArrayList<>();
        if (isBaseline(result)) {
            return out;
        }
        for (RunResult other : all) {
            if (isBaseline(other)
                    && type(other).equals(type(result))
                    && parameters(other.getParams()).equals(parameters(result.getParams()))) {
                out.add(other);
            }
        }
        return out;
    }

    private static boolean isBaseline(RunResult result) throws ClassNotFoundException {
        for (Method method : Class.forName(type(result)).getDeclaredMethods()) {
            if (method.getName().equals(method(result)) && method.isAnnotationPresent(Baseline.class)) {
                return true;
            }
        }
        return false;
    }

    private static String parameters(BenchmarkParams params) {
        StringJoiner out = new StringJoiner(", ");
        for (String key : params.getParamsKeys()) {
            out.add(key + " " + params.getParam(key));
        }
        return out.toString();
    }

    private static String type(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String simpleType(RunResult result) {
        String name = type(result).substring(type(result).lastIndexOf('.') + 1);
        return name.replace("Benchmark", "");
    }

    private static String method(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
