import { useCanGoBack, useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Back to where one came from, with its filters; to the list when the page was opened directly. */
export function useGoBack(list: '/cadre' | '/talk'): () => void {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const navigate = useNavigate()
  return useCallback(() => {
    if (canGoBack) router.history.back()
    else void navigate({ to: list })
  }, [canGoBack, router, navigate, list])
}
