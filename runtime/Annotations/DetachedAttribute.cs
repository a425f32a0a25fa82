using System;

namespace ScopedTasks;

/// <summary>Says who may let go of a task: callers of this method, or whoever passes one to this parameter.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>On a method: the task it returns may be dropped; the method itself sees to its failures.</item>
/// <item>On a parameter: the method takes responsibility for the task it is given.</item>
/// <item>The analyzers match it by its simple name, so that a project may declare its own.</item>
/// </list>
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, Inherited = true)]
public sealed class DetachedAttribute : Attribute;
