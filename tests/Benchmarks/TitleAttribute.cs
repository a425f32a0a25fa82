using System;

namespace ScopedTasks.Benchmarks;

/// <summary>What a class of benchmarks measures, as the table says it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TitleAttribute(string text) : Attribute
{
    public string Text => text;
}
