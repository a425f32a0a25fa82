namespace ScopedTasks;

/// <summary>What a waiter waits for, where only others than the loop can bring it.</summary>
internal interface IExternalWait : IWait;
