/** What the application wants cached, and how much of it. */
@NullMarked
package dev.staleless.jdbc.policy;

import org.jspecify.annotations.NullMarked;
