package dev.fleche.codec;

/** The first byte of every value that the default codec writes, and the small numbers that follow some of them. */
final class Tag {

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;

    /** To 15: {@link Leaf}s with a fixed length. */
    static final int BYTE = 3;

    static final int SHORT = 4;
    static final int CHAR = 5;
    static final int INT = 6;
    static final int LONG = 7;
    static final int FLOAT = 8;
    static final int DOUBLE = 9;
    static final int STRING = 10;

    static final int BIG_INTEGER = 16;
    static final int BIG_DECIMAL = 17;
    static final int UUID = 18;
    static final int URI = 19;
    static final int LOCALE = 20;
    static final int CURRENCY = 21;
    static final int CHARSET = 22;
    static final int BIT_SET = 23;
    static final int DATE = 24;
    static final int PATH = 25;
    static final int FILE = 26;
    static final int DIGEST = 27;
    static final int ADDRESS = 28;
    static final int MATH_CONTEXT = 29;

    static final int INSTANT = 32;
    static final int DURATION = 33;
    static final int PERIOD = 34;
    static final int LOCAL_DATE = 35;
    static final int LOCAL_TIME = 36;
    static final int LOCAL_DATE_TIME = 37;
    static final int OFFSET_TIME = 38;
    static final int OFFSET_DATE_TIME = 39;
    static final int ZONED_DATE_TIME = 40;
    static final int YEAR = 41;
    static final int YEAR_MONTH = 42;
    static final int MONTH_DAY = 43;
    static final int ZONE_OFFSET = 44;
    static final int ZONE_REGION = 45;

    static final int OPTIONAL_EMPTY = 48;
    static final int OPTIONAL = 49;
    static final int OPTIONAL_INT = 50;
    static final int OPTIONAL_LONG = 51;
    static final int OPTIONAL_DOUBLE = 52;
    static final int ENTRY = 53;

    static final int BOOLEANS = 64;
    static final int BYTES = 65;
    static final int SHORTS = 66;
    static final int CHARS = 67;
    static final int INTS = 68;
    static final int LONGS = 69;
    static final int FLOATS = 70;
    static final int DOUBLES = 71;
    static final int OBJECTS = 72;

    static final int CLASS = 80;
    static final int ENUM = 81;
    static final int RECORD = 82;
    static final int COLLECTION = 83;

    private Tag() {}
}
