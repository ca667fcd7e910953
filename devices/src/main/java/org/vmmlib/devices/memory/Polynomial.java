package org.vmmlib.devices.memory;

/** Polynomials with coefficients from the lowest power. */
final class Polynomial {

    private Polynomial() {}

    static double at(double[] coefficients, double x) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * x + coefficients[k];
        }
        return sum;
    }
}
