/**
 * Strings of 3D-NAND flash cells, whose selected word plane multiplies: Bavandpour, Sahay, Mahmoodi and Strukov,
 * 3D-aCortex, arXiv:1908.02472.
 *
 * <p>Rows are bit-select lines, columns bit lines, the row line is the common source line. All strings of a block share
 * the word planes, so the input cannot work on a cell's own gate: it is a pulse on the gate of the string's bit-select
 * transistor, its length the input. The memory needs no change for that.
 */
@NullMarked
package org.vmmlib.devices.nand;

import org.jspecify.annotations.NullMarked;
