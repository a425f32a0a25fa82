using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Tells exceptions apart by identity, whatever they say about their equality.</summary>
internal sealed class ByReference : IEqualityComparer<Exception>
{
    public static readonly ByReference Instance = new();

    public bool Equals(Exception? x, Exception? y) => ReferenceEquals(x, y);

    public int GetHashCode(Exception obj) => RuntimeHelpers.GetHashCode(obj);
}
