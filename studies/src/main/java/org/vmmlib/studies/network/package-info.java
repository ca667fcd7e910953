/**
 * The network under study and what it is trained on: images (read from a folder, or drawn by the code), a fully
 * connected classifier, its ex-situ training, and the file that keeps it.
 *
 * <p>{@link org.vmmlib.studies.network.DrawnDigits} or {@link org.vmmlib.studies.network.IdxFolder} gives a
 * {@link org.vmmlib.studies.network.DigitData}; {@link org.vmmlib.studies.network.Trainer} makes a
 * {@link org.vmmlib.studies.network.TrainedNetwork} of its training half;
 * {@link org.vmmlib.studies.network.NetworkFile} keeps that; the layers of its
 * {@link org.vmmlib.studies.network.Network} are what a circuit is programmed with. The same data, options and seed
 * give the same bits, with any number of threads.
 */
@NullMarked
package org.vmmlib.studies.network;

import org.jspecify.annotations.NullMarked;
