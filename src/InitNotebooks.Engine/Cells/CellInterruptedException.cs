namespace InitNotebooks.Engine;

/// <summary>Thrown into the loops of a cell that was interrupted, on whatever thread they run.</summary>
sealed class CellInterruptedException() : OperationCanceledException("The cell was interrupted.");
