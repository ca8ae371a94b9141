namespace TorchInit;

/// <summary>Draws of threads that follow each other, of one counter and of those after it.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Counter">The first draw's; all have the same high word.</param>
/// <param name="Count">How many counters.</param>
/// <param name="Thread">The first subsequence; the last one is below 2³².</param>
/// <param name="Threads">How many of them.</param>
readonly record struct PhiloxDraws(ulong Seed, ulong Counter, int Count, uint Thread, int Threads);
