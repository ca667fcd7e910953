/**
 * Tests of reports.
 */
@NullMarked
package org.vmmlib.studies.report;

import org.jspecify.annotations.NullMarked;
