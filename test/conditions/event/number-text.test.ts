import { expect } from 'chai';

import { isSpellingOpen, numberText } from '../../../src/conditions/event/number-text.ts';

describe('the text of a number', () => {
  /** As spelled, written out, and as a JVM prints it. */
  const rows = [
    ['123', '123', '123'],
    ['-123', '-123', '-123'],
    ['12345678901234567890', '12345678901234567890', '12345678901234567890'],
    ['0', '0', '0'],
    ['-0', '0', '0'],
    ['12.0', '12.0', '12.0'],
    ['12.34', '12.34', '12.34'],
    ['-12.34', '-12.34', '-12.34'],
    ['1.50', '1.50', '1.5'],
    ['0.0', '0.0', '0.0'],
    ['-0.0', '0.0', '-0.0'],
    ['0.10000000000000001', '0.10000000000000001', '0.1'],
    ['1e3', '1000', '1000.0'],
    ['1E+3', '1000', '1000.0'],
    ['-1.5e1', '-15', '-15.0'],
    ['0e5', '0', '0.0'],
    ['0.5e1', '5', '5.0'],
    ['10.5e-1', '1.05', '1.05'],
    ['100e-2', '1.00', '1.0'],
    ['12.34e1', '123.4', '123.4'],
    ['1e-3', '0.001', '0.001'],
    ['0.001', '0.001', '0.001'],
    ['0.00099', '0.00099', '9.9E-4'],
    ['1e-4', '0.0001', '1.0E-4'],
    ['-1e-4', '-0.0001', '-1.0E-4'],
    ['9999999.5', '9999999.5', '9999999.5'],
    ['10000000.5', '10000000.5', '1.00000005E7'],
    ['1e7', '10000000', '1.0E7'],
    ['1e21', '1000000000000000000000', '1.0E21'],
  ] as const;
  for (const [spelling, plain, double] of rows) {
    it(`${spelling} is ${plain} written out, and ${double} as a 64-bit float`, () => {
      expect(numberText(spelling, 'source')).to.equal(spelling);
      expect(numberText(spelling, 'plain')).to.equal(plain);
      expect(numberText(spelling, 'double')).to.equal(double);
      expect(isSpellingOpen(spelling)).to.equal(plain !== spelling || double !== spelling);
    });
  }

  it('beyond a 64-bit float is infinite there', () => {
    expect(numberText('1e400', 'double')).to.equal('Infinity');
    expect(numberText('-1e400', 'double')).to.equal('-Infinity');
    expect(numberText('1e-400', 'double')).to.equal('0.0');
  });

  it('is not written out to the last zero, where no pattern is long enough to distinguish it', () => {
    expect(numberText('1e999999999', 'plain')).to.match(/^10{2000,3000}$/);
    expect(numberText('12.5e999999999', 'plain')).to.match(/^1250{2000,3000}$/);
    expect(numberText('-1e-999999999', 'plain')).to.match(/^-0\.0{2000,3000}1$/);
    expect(numberText('1e1500', 'plain')).to.match(/^10{1500}$/);
  });
});
