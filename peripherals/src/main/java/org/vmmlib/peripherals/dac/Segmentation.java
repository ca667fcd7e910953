package org.vmmlib.peripherals.dac;

/**
 * Which of n = 2^b − 1 equal sources a code switches: the upper t bits segments of 2^(b−t) sources in thermometer order, each
 * of the lower b − t bits its own 2^j sources.
 *
 * @param bits b
 * @param thermometerBits t
 */
record Segmentation(int bits, int thermometerBits) {

    /**
     * Sums the errors of the sources that each code steers to the output.
     *
     * @param errors of each of the n sources, in units of sigma. Not modified.
     * @param sums of each of the 2^b codes. Modified.
     */
    void errorSums(double[] errors, double sigma, double[] sums) {
        int lowBits = bits - thermometerBits;
        int segment = 1 << lowBits;
        sums[0] = 0;
        for (int bit = 0; bit < lowBits; bit++) {
            double sum = 0;
            for (int unit = (1 << bit) - 1; unit < (2 << bit) - 1; unit++) {
                sum += errors[unit];
            }
            for (int code = 0; code < 1 << bit; code++) {
                sums[code + (1 << bit)] = sums[code] + sigma * sum;
            }
        }
        for (int start = segment; start < sums.length; start += segment) {
            double sum = 0;
            for (int unit = start - 1; unit < start + segment - 1; unit++) {
                sum += errors[unit];
            }
            for (int low = 0; low < segment; low++) {
                sums[start + low] = sums[start - segment + low] + sigma * sum;
            }
        }
    }

    /** Mean number of sources whose switch changes between two random words. */
    double switchedUnits() {
        double segments = 1 << thermometerBits;
        double segment = 1 << (bits - thermometerBits);
        return (segments * segments - 1) / (3 * segments) * segment + (segment - 1) / 2;
    }
}
