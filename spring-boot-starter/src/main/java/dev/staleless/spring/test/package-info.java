/** For the tests of an application. */
@NullMarked
package dev.staleless.spring.test;

import org.jspecify.annotations.NullMarked;
