package org.vmmlib.core.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RawFileTest {

    /** As ngspice 39 writes it. */
    private static final String HEADER = """
            Title: crossbar 1 x 1
            Date: Thu Jan  1 00:00:00  2026
            Plotname: Operating Point
            Flags: real
            No. Variables: 3
            No. Points: 1      \s
            Variables:
            \t0\tv(W0_0)\tvoltage
            \t1\ti(vr0)\tcurrent
            \t2\ti(@bc0_0[i])\tcurrent
            Binary:
            """;

    private static byte[] file(String header, double... numbers) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file =
                ByteBuffer.allocate(text.length + Double.BYTES * numbers.length).order(ByteOrder.nativeOrder());
        file.put(text);
        for (double number : numbers) {
            file.putDouble(number);
        }
        return file.array();
    }

    private static void assertRefused(String said, byte[] file) {
        SpiceException refusal = assertThrows(SpiceException.class, () -> RawFile.of(file));
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }

    @Test
    void everyQuantityHasItsDouble() {
        RawFile raw = RawFile.of(file(HEADER, 0.1, -1e-9, Math.PI));
        assertEquals(0.1, raw.value("v(w0_0)"));
        assertEquals(-1e-9, raw.value("i(vr0)"));
        assertEquals(Math.PI, raw.value("i(@bc0_0[i])"));
    }

    @Test
    void aQuantityThatIsMissingOrNotFiniteIsRefused() {
        RawFile raw = RawFile.of(file(HEADER, 0.1, Double.NaN, 1));
        assertTrue(assertThrows(SpiceException.class, () -> raw.value("v(b0_0)"))
                .getMessage()
                .startsWith("ngspice gave no v(b0_0)"));
        assertEquals(
                "ngspice gave i(vr0) = NaN: it did not converge",
                assertThrows(SpiceException.class, () -> raw.value("i(vr0)")).getMessage());
    }

    @Test
    void filesThatAreNotOneWholeOperatingPointAreRefused() {
        byte[] whole = file(HEADER, 1, 2, 3);
        assertRefused("23 bytes for 3 results", Arrays.copyOf(whole, whole.length - 1));
        assertRefused("32 bytes for 3 results", file(HEADER, 1, 2, 3, 4));
        assertRefused("other results", file(HEADER.replace("Operating Point", "Transient Analysis"), 1, 2, 3));
        assertRefused("not real", file(HEADER.replace("real", "complex"), 1, 2, 3));
        assertRefused("no binary results", file(HEADER.replace("Binary:", "Values:"), 1, 2, 3));
        assertRefused("no binary results", new byte[0]);
    }
}
