namespace TorchInit;

/// <summary>A step on its way into a plan: with its layout, where a plan that it comes from has checked it.</summary>
sealed record LaidStep(InitStep Step, ViewLayout? Layout);
