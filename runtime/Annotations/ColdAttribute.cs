using System;

namespace ScopedTasks;

/// <summary>Says that what a method returns, or a type stands for, does nothing until it is awaited.</summary>
/// <remarks>The analyzers match it by its simple name, so that a project may declare its own.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct
        | AttributeTargets.Interface,
    Inherited = true)]
public sealed class ColdAttribute : Attribute;
