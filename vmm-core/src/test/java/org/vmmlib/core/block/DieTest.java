package org.vmmlib.core.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStreams;

class DieTest {

    private static final Die DIE = Die.of(RandomStreams.of(1));

    @Test
    void partsOfPartsAreAllDifferentScopes() {
        Set<Long> scopes = new HashSet<>();
        scopes.add(DIE.scope());
        for (int layer = 0; layer < 20; layer++) {
            scopes.add(DIE.part(layer).scope());
            for (int array = 0; array < 20; array++) {
                scopes.add(DIE.part(layer).part(array).scope());
            }
        }
        assertEquals(1 + 20 + 400, scopes.size());
        assertThrows(IllegalArgumentException.class, () -> DIE.part(-1));
    }

    @Test
    void mismatchScalesWithSigmaAndIsExactlyZeroWithout() {
        double[] one = DIE.mismatch("x", 1, 10);
        double[] three = DIE.mismatch("x", 3, 10);
        for (int k = 0; k < 10; k++) {
            assertEquals(3 * one[k], three[k], 1e-15);
        }
        assertArrayEquals(new double[10], DIE.mismatch("x", 0, 10));
    }
}
