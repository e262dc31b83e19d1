package dev.staleless.spring.shop;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.ComponentScan;

/** The application. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableCaching
@ComponentScan
public class ShopApplication {}
