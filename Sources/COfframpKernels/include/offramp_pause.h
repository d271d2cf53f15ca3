#ifndef OFFRAMP_PAUSE_H
#define OFFRAMP_PAUSE_H

// Tells the processor that a loop waits for another thread: for tens of nanoseconds it saves power
// and leaves its units to the other thread of the same core.
static inline void offramp_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
