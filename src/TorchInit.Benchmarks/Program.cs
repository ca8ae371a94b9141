using BenchmarkDotNet.Running;
using TorchInit.Benchmarks;

// dotnet run -c Release --project src/TorchInit.Benchmarks -- --filter '*Fill*' --job short
BenchmarkSwitcher.FromAssembly(typeof(FillBenchmarks).Assembly).Run(args);
