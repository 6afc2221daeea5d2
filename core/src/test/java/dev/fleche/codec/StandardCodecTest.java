package dev.fleche.codec;

import dev.fleche.testing.CodecContract;

class StandardCodecTest extends CodecContract {

    @Override
    protected Codec codec() {
        return new StandardCodec();
    }
}
