package org.vmmlib.studies.network;

import org.vmmlib.core.check.Require;

/**
 * How far training moves the ink of an image about, a new random move each time the image is shown: an affine map,
 * each of whose numbers is uniform within plus or minus the limit given here, and a normal jitter of a grid of 5 x 5
 * control points, between which the move is bilinear. The jitter stands for the elastic distortion of P. Y. Simard,
 * D. Steinkraus, J. C. Platt, "Best practices for convolutional neural networks applied to visual document analysis",
 * ICDAR 2003, <a href="https://doi.org/10.1109/ICDAR.2003.1227801">doi:10.1109/ICDAR.2003.1227801</a>.
 *
 * @param shift along each axis, in pixels, 0 to 100
 * @param rotation in radians, 0 to 1
 * @param shear sideways move over height, 0 to 1
 * @param scale relative change of each axis, 0 to 0.5
 * @param jitter standard deviation of a control point's move along each axis, in pixels, 0 to 10
 */
public record Distortion(double shift, double rotation, double shear, double scale, double jitter) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public Distortion {
        Require.within("shift", shift, 0, 100);
        Require.within("rotation", rotation, 0, 1);
        Require.within("shear", shear, 0, 1);
        Require.within("scale", scale, 0, 0.5);
        Require.within("jitter", jitter, 0, 10);
    }

    /** What suits hand-written digits of 28 x 28 pixels and 64 hidden neurons. */
    public static Distortion ofDigits() {
        return new Distortion(1, 0.1, 0.1, 0.1, 0.8);
    }

    /** The images as they are. */
    public static Distortion none() {
        return new Distortion(0, 0, 0, 0, 0);
    }
}
