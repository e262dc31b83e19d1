/**
 * Staleless in a Spring Boot application: {@link dev.staleless.spring.StalelessAutoConfiguration} wraps its data sources, {@link
 * dev.staleless.spring.StalelessCacheAutoConfiguration} keeps what cacheable methods return, {@link
 * dev.staleless.spring.StalelessActuatorAutoConfiguration} shows what becomes of it.
 */
@NullMarked
package dev.staleless.spring;

import org.jspecify.annotations.NullMarked;
