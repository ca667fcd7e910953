/** Named circuits, as published, that studies run networks on. */
@NullMarked
package org.vmmlib.studies.design;

import org.jspecify.annotations.NullMarked;
