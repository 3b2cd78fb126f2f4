/** A verdict for people and machines: HTML, Markdown, JUnit XML, Allure. */
@NullMarked
package dev.firstline.report;

import org.jspecify.annotations.NullMarked;
