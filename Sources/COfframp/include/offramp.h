// Offramp for other languages: a checkpoint at work behind plain C.
//
// Every function that can fail returns NULL, or an error that the caller frees. Nothing else crosses the
// boundary: no exception, no object of another language. A classifier may serve any number of threads, and
// a process may fork: a fork waits for the calls in progress, and the child goes on with the classifiers of
// its parent. Texts are UTF-8; bytes that are not become U+FFFD.
#ifndef OFFRAMP_H
#define OFFRAMP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What went wrong, in the words of the command line: "<place>: found <found>, expected <expected>".
typedef struct {
    int32_t code;  // after BSD's sysexits.h: 64 usage, 65 data, 66 no input, 74 reading or writing
    const char *place;
    const char *found;
    const char *expected;
} offramp_error;

void offramp_error_free(offramp_error *error);

// A loaded checkpoint with a policy.
typedef struct offramp_classifier offramp_classifier;

// Which heads answer, and how. A text that is NULL leaves the choice to the checkpoint.
typedef struct {
    const char *speed;       // an operating point: "fast", "balanced", "accurate" or another saved name
    const char *policy;      // such as "confidence:0.9"; not together with a speed
    const char *method;      // the heads to use, by the method that trained them
    const char *precision;   // "float32", "bfloat16", "int8" or "auto"
    const char *long_texts;  // "head", "head-tail", "windows", "windows:N" or "refuse"
    int32_t threads;         // how many share the work; 0 for one per processor
} offramp_options;

// Loads the checkpoint in a folder. On success *classifier is to be closed by the caller.
offramp_error *offramp_open(const char *folder, const offramp_options *options,
                            offramp_classifier **classifier);

void offramp_close(offramp_classifier *classifier);

// What was loaded, as a JSON object: task, labels, depths, layers, method, policy, precision, long_texts,
// threads, maximum_length. To be freed with offramp_text_free.
char *offramp_describe(const offramp_classifier *classifier);

void offramp_text_free(char *text);

// Texts one behind the other, as Arrow lays out a column of strings: text i is
// bytes[offsets[i]] up to bytes[offsets[i + 1]].
typedef struct {
    const uint8_t *bytes;
    const int64_t *offsets;  // count + 1
    int64_t count;
} offramp_texts;

// Memory of the caller that takes the answers; a member that is NULL is left out. "Labels" is the number of
// labels, 0 in a regression.
typedef struct {
    int32_t *label;        // [count] the most probable label; 0 in a regression
    float *score;          // [count] its probability, 0 to 1; in a regression the number itself
    int32_t *exit;         // [count] how many layers ran
    uint8_t *truncated;    // [count] 1 where the text was longer than what was read of it
    float *probabilities;  // [count, labels]
    uint8_t *given;        // [count, labels] 1 for each label that is given: one, or any number where a
                           // text may have several
} offramp_answers;

// Classifies texts, in batches of similar length on all threads. An answer depends neither on the other
// texts nor on the threads.
//
// seconds: the second text of each pair, or NULL for single texts. Another count than that of texts is an
// error of usage.
offramp_error *offramp_classify(const offramp_classifier *classifier, const offramp_texts *texts,
                                const offramp_texts *seconds, const offramp_answers *answers);

// The version of the library, such as "0.1.0".
const char *offramp_version(void);

#ifdef __cplusplus
}
#endif

#endif
