/** A small application. */
@NullMarked
package dev.staleless.spring.shop;

import org.jspecify.annotations.NullMarked;
