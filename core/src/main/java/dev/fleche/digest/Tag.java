package dev.fleche.digest;

/**
 * The tags of the encoding: the first byte of every encoded value.
 *
 * <p>They are part of the format; see {@code docs/format.md}.
 */
final class Tag {

    static final int NULL = 0x00;
    static final int REF = 0x01;
    static final int BOOLEAN = 0x02;
    static final int BYTE = 0x03;
    static final int SHORT = 0x04;
    static final int CHAR = 0x05;
    static final int INT = 0x06;
    static final int LONG = 0x07;
    static final int FLOAT = 0x08;
    static final int DOUBLE = 0x09;
    static final int BIG_INTEGER = 0x0A;
    static final int BIG_DECIMAL = 0x0B;
    static final int STRING = 0x0C;

    static final int BOOLEANS = 0x10;
    static final int BYTES = 0x11;
    static final int SHORTS = 0x12;
    static final int CHARS = 0x13;
    static final int INTS = 0x14;
    static final int LONGS = 0x15;
    static final int FLOATS = 0x16;
    static final int DOUBLES = 0x17;
    static final int OBJECTS = 0x18;

    static final int ENUM = 0x20;
    static final int RECORD = 0x21;
    static final int DIGESTIBLE = 0x22;
    static final int RULE = 0x23;
    static final int FUNCTION_VALUE = 0x24;
    static final int DIGEST = 0x25;
    static final int ADDRESS = 0x26;
    static final int FILE_CONTENT = 0x27;
    static final int DIRECTORY_CONTENT = 0x28;

    static final int UUID = 0x30;
    static final int URI = 0x31;
    static final int LOCALE = 0x32;
    static final int CURRENCY = 0x33;
    static final int CHARSET = 0x34;
    static final int CLASS = 0x35;
    static final int OPTIONAL = 0x36;
    static final int OPTIONAL_INT = 0x37;
    static final int OPTIONAL_LONG = 0x38;
    static final int OPTIONAL_DOUBLE = 0x39;
    static final int BIT_SET = 0x3A;
    static final int DATE = 0x3B;
    static final int ENTRY = 0x3C;
    static final int PATH = 0x3D;
    static final int FOREIGN_PATH = 0x3E;
    static final int FILE = 0x3F;

    static final int INSTANT = 0x40;
    static final int DURATION = 0x41;
    static final int PERIOD = 0x42;
    static final int LOCAL_DATE = 0x43;
    static final int LOCAL_TIME = 0x44;
    static final int LOCAL_DATE_TIME = 0x45;
    static final int OFFSET_TIME = 0x46;
    static final int OFFSET_DATE_TIME = 0x47;
    static final int ZONED_DATE_TIME = 0x48;
    static final int ZONE_OFFSET = 0x49;
    static final int ZONE_REGION = 0x4A;
    static final int YEAR = 0x4B;
    static final int YEAR_MONTH = 0x4C;
    static final int MONTH_DAY = 0x4D;
    static final int CHRONO_DATE = 0x4E;
    static final int MATH_CONTEXT = 0x4F;

    static final int LIST = 0x50;
    static final int SET = 0x51;
    static final int ORDERED_SET = 0x52;
    static final int SORTED_SET = 0x53;
    static final int MAP = 0x54;
    static final int ORDERED_MAP = 0x55;
    static final int SORTED_MAP = 0x56;
    static final int QUEUE = 0x57;
    static final int PRIORITY_QUEUE = 0x58;
    static final int COLLECTION = 0x59;
    static final int COMPARATOR = 0x5A;

    /** Begins what the digest of a function is made of; never a value. */
    static final int FUNCTION = 0xFE;

    /** Begins what a key is made of; never a value. */
    static final int KEY = 0xFF;

    private Tag() {}
}
