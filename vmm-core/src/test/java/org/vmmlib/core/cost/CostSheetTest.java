package org.vmmlib.core.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostSheetTest {

    private static final CostSheet TEN =
            new CostSheet(List.of(new Cost("dac", 20, 1, 5), new Cost("adc", 10, 2, 7)), 10);

    @Test
    void moreVectorsAddEnergyAndKeepTimeAndArea() {
        CostSheet sum = TEN.plus(new CostSheet(List.of(new Cost("dac", 2, 1, 5), new Cost("adc", 1, 2, 7)), 1));
        assertEquals(3, sum.energyPerVector());
        assertEquals(3, sum.time());
        assertEquals(12, sum.area());
        assertEquals(TEN, CostSheet.empty().plus(TEN));
        assertEquals(TEN, TEN.plus(CostSheet.empty()));
    }

    @Test
    void sheetsOfOtherCircuitsAreNotAdded() {
        CostSheet other = new CostSheet(List.of(new Cost("tia", 1, 1, 1)), 1);
        assertThrows(IllegalArgumentException.class, () -> TEN.plus(other));
    }

    @Test
    void aCircuitBehindAnotherTakesItsTimeAndAreaAsWell() {
        CostSheet chain = TEN.then(TEN, "2: ");
        assertEquals(6, chain.time());
        assertEquals(24, chain.area());
        assertEquals(6, chain.energyPerVector());
        assertEquals("2: dac", chain.items().get(2).block());
    }
}
