package org.vmmlib.core.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LambertWTest {

    @Test
    void principalBranchIsWithinFourUlpOfMultiplePrecisionValues() {
        ReferenceTable.Worst worst = ReferenceTable.read("lambert-w.csv").worst(LambertW::principal);
        assertTrue(worst.ulps() <= 4, worst::toString);
    }

    @Test
    void logDomainFormIsWithinFourUlpOfMultiplePrecisionValues() {
        ReferenceTable.Worst worst = ReferenceTable.read("wright-omega.csv").worst(LambertW::ofExp);
        assertTrue(worst.ulps() <= 4, worst::toString);
    }

    @Test
    void definingEquationHoldsAtKnownPoints() {
        assertEquals(0, LambertW.principal(0));
        assertEquals(1, LambertW.principal(Math.E), 1e-15);
        assertEquals(2, LambertW.principal(2 * Math.exp(2)), 4e-15);
        assertEquals(0.5671432904097838, LambertW.principal(1), 1e-16); // the omega constant
        assertEquals(1, LambertW.ofExp(1));
        assertEquals(0.5671432904097838, LambertW.ofExp(0), 1e-16);
    }

    @Test
    void endsOfTheRangeAreExact() {
        assertEquals(-1, LambertW.principal(-0.36787944117144233));
        assertEquals(Double.POSITIVE_INFINITY, LambertW.principal(Double.POSITIVE_INFINITY));
        assertEquals(0, LambertW.ofExp(Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, LambertW.ofExp(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(LambertW.principal(Double.NaN)));
        assertTrue(Double.isNaN(LambertW.ofExp(Double.NaN)));
    }

    @Test
    void argumentBelowTheBranchPointIsRefusedByName() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> LambertW.principal(-0.3678794411714424));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("x = -0.3678794411714424: must be at least -1/e"));
    }
}
