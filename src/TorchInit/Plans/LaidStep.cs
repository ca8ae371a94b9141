namespace TorchInit;

/// <summary>A step that is being added to a plan, with its layout if another plan has already checked it.</summary>
sealed record LaidStep(InitStep Step, ViewLayout? Layout);
