#ifndef OFFRAMP_PRODUCT_FORMAT_H
#define OFFRAMP_PRODUCT_FORMAT_H

// The number format in which a product multiplies; the products are summed as floats.
typedef enum {
    OFFRAMP_PRODUCT_FLOAT32,
    OFFRAMP_PRODUCT_BFLOAT16
} offramp_product_format;

#endif
