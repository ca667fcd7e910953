/**
 * File formats: matrices as {@code .npy} and {@code .csv}, and files that appear whole or not at all.
 *
 * <p>{@link org.vmmlib.core.io.MatrixFile} reads and writes by the file's extension. Whatever is not exactly a matrix of
 * doubles is refused with a {@link org.vmmlib.core.io.MalformedFileException}, before memory is asked for.
 */
@NullMarked
package org.vmmlib.core.io;

import org.jspecify.annotations.NullMarked;
