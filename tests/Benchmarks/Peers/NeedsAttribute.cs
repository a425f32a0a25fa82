using System;

namespace ScopedTasks.Benchmarks.Peers;

/// <summary>The program without which a class of benchmarks is left out.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string program) : Attribute
{
    public string Program => program;
}
