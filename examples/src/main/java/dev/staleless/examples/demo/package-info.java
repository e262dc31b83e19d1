/** The demo: a database, a store and two instances of the example application that share what they cache. */
@NullMarked
package dev.staleless.examples.demo;

import org.jspecify.annotations.NullMarked;
