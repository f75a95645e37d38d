/**
 * Keeps coverage to the process that runs the tests. A program that a test starts is compiled by another loader of tsx,
 * to other text with other line lengths, and c8 would add up the two as if they were one: what is covered would look
 * uncovered.
 */
delete process.env['NODE_V8_COVERAGE'];
