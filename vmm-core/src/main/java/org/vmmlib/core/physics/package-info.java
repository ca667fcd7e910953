/**
 * Physics that devices and periphery share: constants, conditions, the EKV transistor, Lambert W.
 */
@NullMarked
package org.vmmlib.core.physics;

import org.jspecify.annotations.NullMarked;
