namespace TorchInit;

/// <summary>Draws of consecutive threads, for one or more consecutive counters.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Counter">The first counter; all have the same high word.</param>
/// <param name="Count">The number of counters.</param>
/// <param name="Thread">The first subsequence; the last one is below 2³².</param>
/// <param name="Threads">The number of threads.</param>
readonly record struct PhiloxDraws(ulong Seed, ulong Counter, int Count, uint Thread, int Threads);
