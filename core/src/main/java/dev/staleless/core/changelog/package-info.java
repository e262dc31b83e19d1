/** The changelog: what writers leave behind, and the marks of transactions in flight. */
@NullMarked
package dev.staleless.core.changelog;

import org.jspecify.annotations.NullMarked;
