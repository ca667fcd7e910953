package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final List<String> DESIGNS = List.of("nor-ins", "passive-ins");
    private static final Axis ENERGY = Axis.of("energy", Unit.JOULE);
    private static final Axis CURRENT = Axis.of("current", Unit.AMPERE);

    @Test
    void allBarsShareThePrefixOfTheLargest() {
        JsonNode drawing = Chart.bars("Energy", DESIGNS, ENERGY, List.of(Series.of("a", 4e-13, 8.9e-12)))
                .drawing();
        assertEquals("pJ", drawing.at("/y/unit").asText());
        assertEquals(0.4, drawing.at("/series/0/data/0").asDouble());
        assertEquals(8.9, drawing.at("/series/0/data/1").asDouble());
        assertEquals("passive-ins", drawing.at("/x/data/1").asText());
    }

    @Test
    void aMissingValueIsAGapAndNotAZero() {
        JsonNode drawing = Chart.bars("Energy", DESIGNS, ENERGY, List.of(Series.of("a", Double.NaN, 1)))
                .drawing();
        assertTrue(drawing.at("/series/0/data/0").isNull());
    }

    @Test
    void anAxisThatLeavesZeroOutIsOwnedUpTo() {
        Axis accuracy = Axis.of("accuracy", Unit.PERCENT);
        List<Series> series = List.of(Series.of("circuit", 0.96, 0.94));
        Chart cut =
                Chart.bars("Accuracy", DESIGNS, accuracy.range(0.9, 1), series).caption("Share of images.");
        Chart whole =
                Chart.bars("Accuracy", DESIGNS, accuracy.range(0, 1), series).caption("Share of images.");
        assertEquals("Share of images. The vertical axis does not start at 0.", cut.caption());
        assertEquals("Share of images.", whole.caption());
        assertEquals(90, cut.drawing().at("/y/min").asDouble());
        assertEquals(100, cut.drawing().at("/y/max").asDouble());
    }

    @Test
    void stackedPartsAddUpToTheirTotals() {
        JsonNode drawing = Chart.stackedBars(
                        "Energy",
                        DESIGNS,
                        ENERGY,
                        List.of(
                                Series.of("a", 1e-12, 2e-12),
                                Series.of("b", 3e-12, Double.NaN),
                                Series.of("c", 0, 6e-12)))
                .drawing();
        assertEquals(4, drawing.at("/totals/0").asDouble());
        assertEquals(8, drawing.at("/totals/1").asDouble());
    }

    @Test
    void aLogarithmicAxisIsDrawnFromOneUpwards() {
        Curve curve = Curve.of("a", new double[] {2e-12, 3e-7}, new double[] {5, 4000});
        JsonNode drawing = Chart.lines(
                        "t", CURRENT.log(), Axis.of("error", Unit.LSB).log(), List.of(curve))
                .drawing();
        assertEquals(12, drawing.at("/x/shift").asInt());
        assertEquals(2, drawing.at("/series/0/data/0/0").asDouble());
        assertEquals(3e5, drawing.at("/series/0/data/1/0").asDouble());
        assertEquals(0, drawing.at("/y/shift").asInt());
        assertTrue(drawing.at("/x/prefixes").asBoolean());
    }

    @Test
    void agreementHasEqualAxes() {
        Curve curve = Curve.of("a", new double[] {0, 96e-9}, new double[] {-3e-9, 103e-9});
        JsonNode drawing = Chart.agreement("t", CURRENT, Axis.of("circuit", Unit.AMPERE), List.of(curve))
                .drawing();
        for (String axis : List.of("/x", "/y")) {
            assertEquals("nA", drawing.at(axis + "/unit").asText());
            assertEquals(-20, drawing.at(axis + "/min").asDouble());
            assertEquals(120, drawing.at(axis + "/max").asDouble());
        }
    }

    @Test
    void agreementOfOnePointHasARange() {
        for (double value : new double[] {0, 5, -5}) {
            Curve curve = Curve.of("a", new double[] {value}, new double[] {value});
            JsonNode drawing =
                    Chart.agreement("t", CURRENT, CURRENT, List.of(curve)).drawing();
            assertTrue(drawing.at("/x/max").asDouble() > drawing.at("/x/min").asDouble(), drawing.toString());
        }
    }

    @Test
    void logarithmicAgreementSpansWholeDecades() {
        Curve curve = Curve.of("a", new double[] {3e-9}, new double[] {4e-8});
        JsonNode drawing = Chart.agreement("t", CURRENT.log(), CURRENT.log(), List.of(curve))
                .drawing();
        assertEquals(9, drawing.at("/x/shift").asInt());
        assertEquals(1, drawing.at("/x/min").asDouble());
        assertEquals(100, drawing.at("/x/max").asDouble());
    }

    @Test
    void largeCloudsAreThinnedEvenlyAndTheReaderIsTold() {
        int count = 50_000;
        double[] x = IntStream.range(0, count).asDoubleStream().toArray();
        Chart chart = Chart.scatter("t", CURRENT, CURRENT, List.of(Curve.of("a", x, x)));
        JsonNode points = chart.drawing().at("/series/0/data");
        assertEquals(PointDrawing.LIMIT, points.size());
        assertEquals("An even selection of 2,000 of 50,000 points.", chart.caption());

        int[] chosen = PointDrawing.select(IntStream.range(0, count).toArray(), 2000);
        int[] ofOutput = new int[10];
        int[] ofStretch = new int[20];
        for (int k : chosen) {
            ofOutput[k % 10]++;
            ofStretch[k / (count / 20)]++;
        }
        // Points come in batches of ten outputs: each output is drawn about as often, and so is each stretch.
        assertTrue(Arrays.stream(ofOutput).allMatch(n -> n > 190 && n < 210), Arrays.toString(ofOutput));
        assertTrue(Arrays.stream(ofStretch).allMatch(n -> n == 100), Arrays.toString(ofStretch));
    }

    @Test
    void smallCloudsAreDrawnWhole() {
        Chart chart = Chart.scatter(
                "t", CURRENT, CURRENT, List.of(Curve.of("a", new double[] {1, Double.NaN, 3}, new double[] {
                    1, 2, Double.NaN
                })));
        assertEquals(1, chart.drawing().at("/series/0/data").size());
        assertEquals("", chart.caption());
    }

    @Test
    void theSharesOfAHistogramAddUpToOne() {
        double[] values =
                IntStream.range(0, 777).mapToDouble(k -> Math.sin(k) * 3e-9).toArray();
        JsonNode drawing =
                Chart.histogram("t", CURRENT, List.of(Series.of("a", values))).drawing();
        double sum = 0;
        for (JsonNode bin : drawing.at("/series/0/data")) {
            sum += bin.get(1).asDouble();
        }
        assertEquals(100, sum, 1e-4);
        JsonNode data = drawing.at("/series/0/data");
        assertEquals(0, data.get(0).get(1).asDouble());
        assertEquals(0, data.get(data.size() - 1).get(1).asDouble());
        double width = drawing.get("binWidth").asDouble();
        assertTrue(List.of(0.1, 0.2, 0.5, 1.0).contains(width), "a round width: " + width);
    }

    @Test
    void binsAreCentredOnMultiplesOfTheirWidth() {
        Series codes = Series.of("codes", 3, 4, 4, 5, 5, 5);
        JsonNode data = Chart.histogram("t", Axis.of("code", Unit.NONE), List.of(codes), 1)
                .drawing()
                .at("/series/0/data");
        assertEquals("[[2.0,0.0],[3.0,16.66667],[4.0,33.33333],[5.0,50.0],[6.0,0.0]]", data.toString());
    }

    @Test
    void equalValuesMakeOneBin() {
        for (double value : new double[] {0, 16e-9, -2}) {
            JsonNode data = Chart.histogram("t", CURRENT, List.of(Series.of("a", value, value, value)))
                    .drawing()
                    .at("/series/0/data");
            assertEquals(3, data.size());
            assertEquals(100, data.get(1).get(1).asDouble());
        }
    }

    @Test
    void farOutliersDoNotMakeThousandsOfBins() {
        double[] values = IntStream.range(0, 1000).mapToDouble(k -> Math.cos(k)).toArray();
        values[0] = 1e6;
        double width = HistogramDrawing.binWidth(List.of(Series.of("a", values)));
        assertEquals(2e4, width);
    }

    @Test
    void confusionShowsCountsAndColoursTheShareOfTheRow() {
        JsonNode cells = Chart.confusion("t", List.of("0", "1"), new int[][] {{9, 1}, {0, 0}})
                .drawing()
                .at("/series/0/data");
        assertEquals("[[0,0,0.9487,9],[1,0,0.3162,1],[0,1,0.0,0],[1,1,0.0,0]]", cells.toString());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        List<Series> one = List.of(Series.of("a", 1, 2));
        List<Curve> zero = List.of(Curve.of("a", new double[] {0}, new double[] {1}));
        refuses("logarithmic", () -> Chart.bars("t", DESIGNS, ENERGY.log(), one));
        refuses("must have 1", () -> Chart.bars("t", List.of("x"), ENERGY, one));
        refuses("series is empty", () -> Chart.bars("t", DESIGNS, ENERGY, List.of()));
        refuses("a[0] = -1.0", () -> Chart.stackedBars("t", DESIGNS, ENERGY, List.of(Series.of("a", -1, 2))));
        refuses("above 0", () -> Chart.lines("t", CURRENT.log(), ENERGY, zero));
        refuses(
                "range has the value 0.0",
                () -> Chart.lines(
                        "t", CURRENT.range(0, 1).log(), ENERGY, List.of(Curve.of("a", new double[] {1}, new double[] {1
                        }))));
        refuses("curves is empty", () -> Chart.scatter("t", CURRENT, ENERGY, List.of()));
        refuses("differ", () -> Chart.agreement("t", CURRENT, ENERGY, zero));
        refuses("binWidth", () -> Chart.histogram("t", CURRENT, one, 0));
        refuses("make it wider", () -> Chart.histogram("t", CURRENT, one, 1e-6));
        refuses("no values", () -> Chart.histogram("t", CURRENT, List.of(Series.of("a"))));
        refuses("a[1] = NaN", () -> Chart.histogram("t", CURRENT, List.of(Series.of("a", 1, Double.NaN))));
        refuses("counts[0]", () -> Chart.confusion("t", DESIGNS, new int[][] {{1}, {1, 2}}));
        refuses("counts[1][0] = -1", () -> Chart.confusion("t", DESIGNS, new int[][] {{1, 2}, {-1, 2}}));
        refuses("a[0] = Infinity", () -> Series.of("a", Double.POSITIVE_INFINITY));
        refuses("must have 2", () -> Curve.of("a", new double[2], new double[3]));
        refuses("above from", () -> CURRENT.range(1, 1));
    }

    private static void refuses(String reason, Supplier<?> action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::get).toString();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aRankingHasIntervalsAndMarksOnTheScaleOfItsBars() {
        Chart chart = Chart.ranking(
                "Error",
                DESIGNS,
                ENERGY,
                List.of(
                        Series.of("a", 4e-13, Double.NaN)
                                .between(new double[] {3e-13, Double.NaN}, new double[] {9e-12, Double.NaN}),
                        Series.of("b", 1e-12, 2e-12)),
                Map.of("limit", 5e-12));
        JsonNode drawing = chart.drawing();
        assertEquals("ranking", drawing.get("kind").asText());
        assertEquals("pJ", drawing.at("/x/unit").asText());
        assertEquals("passive-ins", drawing.at("/y/data/1").asText());
        assertEquals(0.4, drawing.at("/series/0/data/0").asDouble());
        assertEquals(0.3, drawing.at("/series/0/intervals/0/0").asDouble());
        assertEquals(9, drawing.at("/series/0/intervals/0/1").asDouble());
        assertTrue(drawing.at("/series/0/data/1").isNull());
        assertTrue(drawing.at("/series/0/intervals/1/1").isNull());
        assertTrue(drawing.at("/series/1/intervals").isMissingNode());
        assertEquals("limit", drawing.at("/marks/0/name").asText());
        assertEquals(5, drawing.at("/marks/0/value").asDouble());
    }

    @Test
    void intervalsMustBeAsManyAsValuesAndFinite() {
        Series series = Series.of("a", 1, 2);
        assertThrows(IllegalArgumentException.class, () -> series.between(new double[1], new double[2]));
        assertThrows(IllegalArgumentException.class, () -> series.between(new double[2], new double[3]));
        assertThrows(
                IllegalArgumentException.class,
                () -> series.between(new double[2], new double[] {Double.POSITIVE_INFINITY, 0}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Chart.ranking("t", DESIGNS, ENERGY.log(), List.of(series), Map.of()));
    }
}
