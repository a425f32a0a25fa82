using System;

namespace ScopedTasks;

/// <summary>Says that a member may hold its thread for long, so that asynchronous code must not call it.</summary>
/// <remarks>The analyzers match it by its simple name, so that a project may declare its own.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor,
    Inherited = true)]
public sealed class BlockingAttribute : Attribute;
