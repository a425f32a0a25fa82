using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Tells objects apart by identity, whatever they say about their equality.</summary>
internal sealed class ByReference : IEqualityComparer<object>
{
    public static readonly ByReference Instance = new();

    public new bool Equals(object? x, object? y) => ReferenceEquals(x, y);

    public int GetHashCode(object obj) => RuntimeHelpers.GetHashCode(obj);
}
