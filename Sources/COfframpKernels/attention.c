#include <math.h>

#include "hash.h"
#include "offramp_attention.h"

size_t offramp_attention_scratch(long longest, long width, long heads)
{
    (void)heads;
    (void)width;
    return (size_t)(2 * longest + 16) * sizeof(float);
}

static float dot(long n, const float *a, const float *b)
{
    float s = 0;
    for (long i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

static float kept(float probability, uint64_t seed, long index)
{
    return hash_random(seed, (uint32_t)index) < dropout_threshold(probability)
        ? 0 : 1 / (1 - probability);
}

void offramp_attention(
    long texts, const int32_t *starts, long width, long heads, const float *qkv,
    float dropout_probability, uint64_t seed, float *y, float *probabilities, void *scratch)
{
    float *p = scratch;
    long d = width / heads, index = 0;
    for (long text = 0; text < texts; text++) {
        long n = starts[text + 1] - starts[text];
        for (long h = 0; h < heads; h++) {
            const float *q = qkv + starts[text] * 3 * width + h * d;
            for (long i = 0; i < n; i++, index += n) {
                float m = -INFINITY, sum = 0;
                for (long j = 0; j < n; j++) {
                    p[j] = dot(d, q + i * 3 * width, q + width + j * 3 * width) / sqrtf(d);
                    m = p[j] > m ? p[j] : m;
                }
                for (long j = 0; j < n; j++)
                    sum += p[j] = expf(p[j] - m);
                float *out = y + (starts[text] + i) * width + h * d;
                for (long c = 0; c < d; c++)
                    out[c] = 0;
                for (long j = 0; j < n; j++) {
                    p[j] /= sum;
                    if (probabilities)
                        probabilities[index + j] = p[j];
                    float w = p[j] * kept(dropout_probability, seed, index + j);
                    for (long c = 0; c < d; c++)
                        out[c] += w * q[2 * width + j * 3 * width + c];
                }
            }
        }
    }
}

void offramp_attention_gradient(
    long texts, const int32_t *starts, long width, long heads, const float *dy, const float *qkv,
    const float *probabilities, float dropout_probability, uint64_t seed, float *dqkv,
    void *scratch)
{
    float *ds = scratch;
    long d = width / heads, index = 0;
    float scale = 1 / sqrtf(d);
    for (long i = starts[0] * 3 * width; i < starts[texts] * 3 * width; i++)
        dqkv[i] = 0;
    for (long text = 0; text < texts; text++) {
        long n = starts[text + 1] - starts[text];
        for (long h = 0; h < heads; h++) {
            long base = starts[text] * 3 * width + h * d;
            for (long i = 0; i < n; i++, index += n) {
                const float *g = dy + (starts[text] + i) * width + h * d;
                float sum = 0;
                for (long j = 0; j < n; j++) {
                    long row = base + j * 3 * width + 2 * width;
                    float k = kept(dropout_probability, seed, index + j);
                    float p = probabilities[index + j];
                    ds[j] = dot(d, g, qkv + row) * k;
                    sum += ds[j] * p;
                    for (long c = 0; c < d; c++)
                        dqkv[row + c] += p * k * g[c];
                }
                for (long j = 0; j < n; j++) {
                    float s = (ds[j] - sum) * probabilities[index + j] * scale;
                    for (long c = 0; c < d; c++) {
                        long a = base + i * 3 * width + c, b = base + j * 3 * width + width + c;
                        dqkv[a] += s * qkv[b];
                        dqkv[b] += s * qkv[a];
                    }
                }
            }
        }
    }
}
